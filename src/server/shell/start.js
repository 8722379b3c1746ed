// What a page runs before its program: it loads the program, and keeps choices made meanwhile from getting lost.

// Both files are asked for at once, while the page is still being read; but the program takes over only at its end.
const wasm = fetch("WASM");
const whole = new Promise((done) => document.addEventListener("DOMContentLoaded", done));
import("SCRIPT").then(async (program) => {
  await program.default({ module_or_path: wasm });
  await whole;
  program.hydrate();
});

// Choices on a page that is left before its program has come are sent as their forms would send them.
const isChanged = (field) =>
  field.checked !== field.defaultChecked || [...(field.options ?? [])].some((option) => option.selected !== option.defaultSelected);
const choices = () =>
  document.documentElement.classList.contains("hydrated")
    ? []
    : [...document.querySelectorAll("form[data-source=choice]")].filter((form) => [...form.elements].some(isChanged));
const send = (form) =>
  fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true, redirect: "manual" });
// A form that is being sent needs no second time.
let submitted;
addEventListener("submit", (event) => (submitted = event.target));
addEventListener("beforeunload", () => choices().filter((form) => form !== submitted).forEach(send));
// A link waits for them: the next page must know of them already.
addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.("a[href]");
    const forms = choices();
    const isPlain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !forms.length || !isPlain || link.origin !== location.origin || link.hash) return;
    event.preventDefault();
    Promise.allSettled(forms.map(send)).then(() => {
      forms.forEach((form) => form.removeAttribute("data-source"));
      location.assign(link.href);
    });
  },
  true,
);
