// Passkeys are done by allauth's scripts; a person who cancels is told so here instead of in the console.
import { sentence } from "./dom.js";
import { toast } from "./toasts.js";

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  toast(sentence("passkey"));
});
