// What a page keeps for whoever reads it, whatever changes on it: where they were, where the focus was, what they should hear.
{
  const main = () => document.getElementById("main");
  const address = () => location.pathname + location.search;
  const here = () => ({
    y: scrollY,
    tables: [...document.querySelectorAll(".table[id]")]
      .filter((table) => table.scrollLeft || table.scrollTop)
      .map((table) => [table.id, table.scrollLeft, table.scrollTop]),
  });
  const scrollTables = (tables, keepsRow = true) =>
    tables.forEach(([id, left, top]) => document.getElementById(id)?.scrollTo(left, keepsRow ? top : 0));

  // Each entry of the history knows its place. The browser's own memory is of the page alone, and restores it before
  // the figures are there.
  let coming, timer;
  let shown = { address: address(), path: location.pathname, tables: [] };
  const keep = () => {
    clearTimeout(timer);
    if (!coming) history.replaceState({ ...history.state, place: here() }, "");
  };
  const scrollHere = ({ y, tables }) => {
    scrollTables(tables);
    scrollTo(scrollX, y);
  };
  addEventListener(
    "scroll",
    ({ target }) => {
      if (target !== document) shown.tables = here().tables;
      clearTimeout(timer);
      timer = setTimeout(keep, 100);
    },
    { capture: true, passive: true },
  );
  addEventListener("click", (event) => event.target.closest?.("a[href]") && keep(), true);
  addEventListener("submit", keep, true);
  addEventListener("popstate", ({ state }) => {
    clearTimeout(timer);
    const place = state?.place ?? { y: 0, tables: [] };
    if (address() === shown.address) scrollHere(place);
    else coming = place;
  });
  // Whoever scrolls meanwhile is where they want to be.
  ["wheel", "touchmove"].forEach((name) => addEventListener(name, () => (coming = undefined), { passive: true }));
  addEventListener("pagehide", () => {
    keep();
    history.scrollRestoration = "auto";
  });
  addEventListener("pageshow", () => (history.scrollRestoration = "manual"));
  // Until the page is no longer busy, the figures are those of another entry.
  const arrive = () => {
    if (!coming || main().ariaBusy !== "false") return;
    const place = coming;
    coming = undefined;
    scrollHere(place);
    shown = { address: address(), path: location.pathname, tables: place.tables };
  };
  const figuresChanged = () => {
    if (coming) return arrive();
    const isSamePage = shown.path === location.pathname;
    // In another order the rows begin anew.
    if (isSamePage) scrollTables(shown.tables, shown.address === address());
    shown = { address: address(), path: location.pathname, tables: isSamePage ? shown.tables : [] };
  };

  // What takes the focus away hands it on: a message to the setting it is about, anything else to the figures.
  let focused, about;
  addEventListener("focusin", ({ target }) => {
    focused = target;
    about = target.closest?.("[data-about]")?.dataset.about;
  });
  addEventListener("pointerdown", ({ target }) => {
    if (!target.closest?.("a, button, input, select, summary, label, [tabindex]")) focused = undefined;
  });
  const handOn = () => {
    if (!focused || focused.isConnected || document.activeElement !== document.body) return;
    const control = about && document.querySelector(`form.setting.${about} :is(input:checked, select)`);
    (control || main())?.focus({ preventScroll: !control });
  };
  const fold = (details) => {
    details.open = false;
    details.querySelector("summary").focus();
  };
  addEventListener("keydown", ({ key, target }) => {
    const open = key === "Escape" && target.closest?.("details:is(.custom, .export)[open]");
    if (open) fold(open);
  });
  addEventListener(
    "toggle",
    ({ target }) => {
      const now = document.activeElement;
      const isLost = now === document.body || target.contains(now);
      if (target.matches("details:not([open])") && focused && target.contains(focused) && isLost) fold(target);
    },
    true,
  );

  const say = (words) => (document.getElementById("announcer").textContent = words);
  // In a bar that is too narrow for all divisions the chosen one is in sight.
  const showChosen = () => {
    const chosen = document.querySelector(".division input:checked")?.parentElement;
    const row = chosen?.parentElement;
    if (row && row.scrollWidth > row.clientWidth) row.scrollLeft = chosen.offsetLeft - (row.clientWidth - chosen.offsetWidth) / 2;
  };

  // A message that needs no answer goes by itself, but not while somebody is at it, nor unseen.
  const LONG = 120_000;
  let passing;
  const pass = () => {
    clearTimeout(passing);
    const messages = [...document.querySelectorAll("[data-passes]")];
    if (!messages.length) return;
    passing = setTimeout(() => {
      if (document.hidden || messages.some((message) => message.matches(":hover, :focus-within"))) pass();
      else messages.forEach((message) => message.querySelector("[data-dismiss]")?.click());
    }, LONG);
  };

  addEventListener(
    "click",
    async (event) => {
      const link = event.target.closest?.("a.copy");
      const isPlain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
      // Without a clipboard the link is followed: then the address can be copied.
      if (!link || !isPlain || !navigator.clipboard) return;
      event.preventDefault();
      await navigator.clipboard.writeText(link.href);
      const label = (link.dataset.label ??= link.textContent);
      say((link.textContent = link.dataset.copied));
      setTimeout(() => (link.textContent = label), 5000);
    },
    true,
  );

  addEventListener("DOMContentLoaded", () => {
    if (history.state?.place) scrollHere(history.state.place);
    showChosen();
    let { title } = document;
    new MutationObserver(() => {
      if (document.title === title) return;
      ({ title } = document);
      say(title.replace(/ · ControlManiac$/, ""));
      showChosen();
    }).observe(document.querySelector("title"), { childList: true });
    new MutationObserver(handOn).observe(document.body, { childList: true, subtree: true });
    new MutationObserver(pass).observe(document.querySelector(".passing"), { childList: true, subtree: true, characterData: true });
    new MutationObserver(figuresChanged).observe(document.querySelector(".figures"), { childList: true });
    new MutationObserver(arrive).observe(main(), { attributes: true, attributeFilter: ["aria-busy"] });
  });
}
