// Single keys. None of them is in the way of typing, of a dialog, or of another key that is held down.
{
  const list = () => document.getElementById("keys");
  const isOff = () => document.querySelector("form.keys select")?.value === "off";
  const types = (target) => target.isContentEditable || target.matches?.("textarea, select, input:not([type=radio], [type=checkbox])");
  const WAIT = 1500;
  let going = -Infinity;

  const go = (letter) => {
    const path = list().querySelector(`[data-go="${CSS.escape(letter)}"]`)?.dataset.path;
    // The navigation's own link: it keeps what the window is pinned to.
    const link = [...document.querySelectorAll(".views a")].find((link) => link.pathname === path);
    link?.click();
    return link;
  };
  const search = () => {
    const field = document.getElementById("search");
    field?.focus();
    field?.select();
    return field;
  };
  const choose = (place) => {
    const choice = document.querySelectorAll("form.division :is(input[type=radio], option)")[place];
    if (choice?.localName === "option") {
      choice.selected = true;
      choice.parentElement.dispatchEvent(new Event("change", { bubbles: true }));
    } else choice?.click();
    return choice;
  };

  addEventListener("keydown", (event) => {
    const { key, timeStamp } = event;
    const isOther = event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat;
    if (isOther || types(event.target) || document.querySelector("dialog[open]") || isOff()) return;
    const isGoing = timeStamp - going < WAIT;
    if (key !== "Shift") going = key === "g" && !isGoing ? timeStamp : -Infinity;
    const done =
      isGoing ? go(key)
      : key === "/" ? search()
      : key === "?" ? (list().showModal(), true)
      : /^[1-9]$/.test(key) && choose(key - 1);
    if (done) event.preventDefault();
  });
  addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).showModal();
  });
}
