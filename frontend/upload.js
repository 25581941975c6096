// The form that uploads files (form[data-upload]): a bar that shows how far the bytes are. Without it, a plain form.
import { all, one } from "./shell/dom.js";

function send(form) {
  const bar = one("[data-upload-bar]", form), panel = one("[data-upload-panel]", form), said = one("[data-upload-said]", form);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("X-Upload", "1");
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.max = total;
    bar.value = loaded;
    said.textContent = loaded < total ? `${Math.floor((loaded / total) * 100)} %` : said.dataset.stored;
  });
  request.addEventListener("load", () => arrived(form, request));
  for (const name of ["error", "abort", "timeout"]) request.addEventListener(name, () => broken(form));
  panel.hidden = false;
  form.setAttribute("aria-busy", "true");
  all("button", form).forEach((button) => { button.disabled = true; });
  one("[data-upload-stop]", form).disabled = false;
  one("[data-upload-stop]", form).onclick = () => request.abort();
  request.send(new FormData(form));
}

// The browser has followed a redirect already: where it led is where to go. A refusal is the same page: what it says is
// put in here, and the files stay chosen.
function arrived(form, request) {
  // Told where to go instead of sent there: a page that was followed unseen has used up what it had to say.
  const to = request.getResponseHeader("HX-Redirect");
  if (to) { location.assign(to); return; }
  const asked = new URL(form.action);
  const answer = new URL(request.responseURL || form.action);
  if (request.status < 400 && answer.pathname !== asked.pathname) { location.assign(answer); return; }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const said = one("[data-upload-answer]", page);
  if (!said) { broken(form); return; }
  over(form);
  one("[data-upload-answer]", form).replaceChildren(...said.childNodes);
  one("[data-upload-answer]", form).scrollIntoView({ block: "nearest" });
}

function broken(form) {
  over(form);
  one("[data-upload-broken]", form).hidden = false;
}

function over(form) {
  one("[data-upload-panel]", form).hidden = true;
  form.removeAttribute("aria-busy");
  all("button", form).forEach((button) => { button.disabled = false; });
}

function ready(form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    one("[data-upload-broken]", form).hidden = true;
    send(form);
  });
}

all("form[data-upload]").forEach(ready);
