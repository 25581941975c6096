// The map as a file: SVG from the server, PNG drawn here from the same SVG.
import { one, sentence, token } from "../shell/dom.js";
import { toast } from "../shell/toasts.js";

const LARGEST = 12000;

// Each picture is asked for anew, also right after another: a form that was sent is answered as before, without its file.
function fresh() {
  const form = one("#rm-file");
  one("input[name=once]", form).value = token();
  return form;
}

async function picture() {
  const form = fresh();
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
  if (!answer.ok) throw new Error(String(answer.status));
  const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition"))[1];
  return { text: await answer.text(), name };
}

// From a data: address: the policy of the page lets no other picture in that was made here.
function loaded(text) {
  const bytes = new TextEncoder().encode(text);
  const image = new Image();
  image.src = `data:image/svg+xml;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))}`;
  return image.decode().then(() => image);
}

async function png() {
  const { text, name } = await picture();
  const image = await loaded(text);
  const factor = Math.min(2, LARGEST / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = Object.assign(document.createElement("canvas"), { width: image.naturalWidth * factor, height: image.naturalHeight * factor });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((give) => canvas.toBlob(give, "image/png"));
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name.replace(/svg$/, "png") });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

document.addEventListener("click", (event) => {
  const kind = event.target.closest("[data-map-file]")?.dataset.mapFile;
  if (kind === "svg") fresh().requestSubmit();
  if (kind === "png") png().catch(() => toast(sentence("broken")));
});
