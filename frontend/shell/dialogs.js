// Dialogs: opened by data-open="id", closed by data-close, Esc or a click beside; and the one that asks "sure?".
import { all, one } from "./dom.js";

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) openDialog(opener.dataset.open);
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  if (event.target instanceof HTMLDialogElement && event.target.open) event.target.close();
});

export function openDialog(id) {
  const dialog = document.getElementById(id);
  if (!dialog || dialog.open) return;
  dialog.showModal();
  enter(dialog);
}

const enter = (dialog) => one("[autofocus], section :is(input:not([type=hidden]), textarea, select)", dialog)?.focus();

// What the server sends into an open dialog replaces what had the focus: whoever types goes on inside, not behind it.
document.addEventListener("htmx:after:swap", () => {
  const dialog = all("dialog[open]").at(-1);
  if (!dialog || dialog.contains(document.activeElement)) return;
  enter(dialog);
  if (!dialog.contains(document.activeElement)) one("a[href], button", dialog)?.focus();
});

// One that the server wants open: a form inside it was refused.
const openWanted = () => all("dialog[data-opened]:not([open])").forEach((dialog) => { delete dialog.dataset.opened; openDialog(dialog.id); });

openWanted();
document.addEventListener("htmx:after:swap", openWanted);

// Ask; resolves to whether the person said yes.
export function sure(question, { yes = "", tone = "" } = {}) {
  const dialog = one("#confirm");
  const button = one("[data-yes]", dialog);
  one("#confirm-sentence", dialog).textContent = question;
  button.textContent = yes || button.dataset.say;
  button.dataset.variant = tone || "primary";
  return new Promise((resolve) => {
    let answer = false;
    button.onclick = () => { answer = true; dialog.close(); };
    dialog.onclose = () => resolve(answer);
    dialog.showModal();
    (tone === "destructive" ? one("[data-close]", dialog) : button).focus();
  });
}

const how = (element) => ({ yes: element.dataset.confirmYes, tone: element.dataset.confirmTone });
let confirmed = null;

// On the window, while the event comes down: before htmx and before the form is sent.
window.addEventListener("submit", async (event) => {
  const asked = event.submitter?.closest("[data-confirm]") ?? event.target.closest("form[data-confirm]");
  if (!asked || confirmed === event.target) { confirmed = null; return; }
  event.preventDefault();
  event.stopImmediatePropagation();
  const { target: form, submitter } = event;
  if (!(await sure(asked.dataset.confirm, how(asked)))) return;
  confirmed = form;
  form.requestSubmit(submitter);
}, true);

window.addEventListener("click", async (event) => {
  const asked = event.target.closest?.("a[data-confirm], button[type=button][data-confirm]");
  if (!asked || confirmed === asked) { confirmed = null; return; }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!(await sure(asked.dataset.confirm, how(asked)))) return;
  confirmed = asked;
  asked.click();
}, true);

document.addEventListener("htmx:confirm", async (event) => {
  const { ctx, issueRequest, dropRequest } = event.detail;
  if (!ctx.confirm) return;
  event.preventDefault();
  (await sure(ctx.confirm, how(ctx.sourceElement))) ? issueRequest() : dropRequest();
});
