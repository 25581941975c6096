// What is sent: counted once, its button held down meanwhile; what comes back is never a whole page in a part of one.
import { all, one, sentence, token } from "./dom.js";
import { toast } from "./toasts.js";

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (ctx.request.method !== "GET") ctx.request.headers["X-Once"] = token();
});

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => hold(ctx.request.form, ctx.request.submitter ?? ctx.sourceElement, ctx.request.method));
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => release(ctx.request.form ?? ctx.sourceElement));

document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  const { raw, status } = ctx.response;
  const whole = /^\s*<!doctype/i.test(ctx.text ?? "") && ctx.target !== document.body && !ctx.select;
  if (whole && status < 400) {
    // A redirect that the browser has followed. To the sign-in: ask for this page again, so that it is come back to.
    ctx.swap = "none";
    new URL(raw.url).pathname === sentence("signIn") ? location.reload() : location.assign(raw.url);
  } else if (whole) {
    ctx.swap = "none";
    const page = new DOMParser().parseFromString(ctx.text, "text/html");
    toast(one("h1", page)?.textContent.trim() || sentence("broken"));
  } else if (status < 400 && ctx.request.method !== "GET" && ctx.request.form?.isConnected) {
    // A look at what is typed has saved nothing: leaving still asks.
    if (!("preview" in ctx.sourceElement.dataset)) delete ctx.request.form.dataset.changed;
    // The token has counted: what is sent from this form next is something new.
    all("input[name=once]", ctx.request.form).forEach((field) => { field.value = token(); });
  }
});

document.addEventListener("htmx:error", ({ detail: { error } }) => {
  if (error?.name !== "AbortError") toast(sentence("offline"));
});

function hold(form, button, method) {
  if (method === "GET" || !button?.matches?.("button, input[type=submit]")) return;
  button.setAttribute("aria-busy", "true");
  // After the browser has taken the button's own name and value.
  setTimeout(() => { button.disabled = true; });
  form?.classList.add("sending");
}

function release(root) {
  const held = [...(root?.matches?.("[aria-busy=true]") ? [root] : []), ...all("[aria-busy=true]", root ?? document)];
  held.forEach((button) => { button.removeAttribute("aria-busy"); setTimeout(() => { button.disabled = false; }); });
  root?.classList?.remove("sending");
}

// A file came and the page stayed: the same form asks for another one, but not by a double click.
function renew(form) {
  setTimeout(() => all("input[name=once]", form).forEach((field) => { field.value = token(); }), 1500);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if ("download" in form.dataset) return renew(form);
  form.dataset.sent = "";
  hold(form, event.submitter ?? one("button:not([type=button])", form), "POST");
});
// Back from the next page: the form as it was left, its button usable.
addEventListener("pageshow", (event) => { if (event.persisted) release(document.body); });

// Forms with data-keep: leaving with changes asks first.
document.addEventListener("input", (event) => { const form = event.target.closest?.("form[data-keep]"); if (form) form.dataset.changed = ""; });
addEventListener("beforeunload", (event) => {
  if (one("form[data-keep][data-changed]:not([data-sent])")) event.preventDefault();
});
