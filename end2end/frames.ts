// Records what a person sees, frame by frame, from the start of a document, and checks what must hold in each frame.
import { expect, type Page } from "./studio";

/** What one frame shows; what it doesn't show is null. */
export type Frame = {
  at: number;
  /** The value of the checked radio button, and the colours of its segment and of the bar's edge. */
  toggle: string | null;
  segment: string | null;
  edge: string | null;
  /** The scope and the state of the figures, their own heading for it, and a fingerprint of all their text. */
  division: string | null;
  busy: string | null;
  scope: string | null;
  text: string | null;
  hydrated: boolean;
};
/** A layout shift: how much, and which elements went from where to where. */
export type Shift = { value: number; at: number; sources: string[] };
export type Recording = { frames: Frame[]; shifts: Shift[] };

/** Runs in the page itself: it may not refer to anything outside. */
function record(): void {
  const frames: Frame[] = [];
  const shifts: Shift[] = [];
  Object.assign(window, { recorded: { frames, shifts } });

  const isSeen = (element: Element | null | undefined): element is Element => {
    if (!element?.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0;
  };
  const fingerprint = (text: string) => {
    let hash = 5381;
    for (let place = 0; place < text.length; place++) hash = (hash * 33 + text.charCodeAt(place)) | 0;
    return `${text.length}:${hash >>> 0}`;
  };
  const sample = () => {
    requestAnimationFrame(sample);
    // What stays in sight of the bar has the edge: the row of the settings, or on small screens that of the division.
    const bar = [".bar > .settings", ".bar .division"].map((part) => document.querySelector(`.app > ${part}`)).find(isSeen);
    const toggle = document.querySelector("form.division fieldset");
    const chosen = isSeen(toggle) ? toggle.querySelector<HTMLInputElement>("input:checked") : null;
    const main = document.querySelector<HTMLElement>("main[data-division]");
    const figures = document.querySelector("main .figures");
    const hasFigures = isSeen(main) && isSeen(figures);
    frames.push({
      at: performance.now(),
      toggle: isSeen(toggle) ? (chosen?.value ?? "none") : null,
      segment: chosen ? getComputedStyle(chosen.nextElementSibling!).backgroundColor : null,
      edge: isSeen(bar) ? getComputedStyle(bar).borderBottomColor : null,
      division: isSeen(main) ? main.dataset.division! : null,
      busy: isSeen(main) ? main.getAttribute("aria-busy") : null,
      scope: hasFigures ? (figures.querySelector(".scope")?.textContent ?? null) : null,
      text: hasFigures ? fingerprint(figures.textContent!) : null,
      hydrated: document.documentElement.classList.contains("hydrated"),
    });
  };
  requestAnimationFrame(sample);

  const place = ({ x, y, width, height }: DOMRectReadOnly) => `${x},${y} ${width}×${height}`;
  const name = (node: Node | null) => {
    const element = node instanceof Element ? node : node?.parentElement;
    return element ? `${element.tagName}.${element.className}#${element.id}` : "a node that is gone";
  };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as any[]) {
      const sources = entry.sources.map((source: any) => `${name(source.node)} ${place(source.previousRect)} → ${place(source.currentRect)}`);
      shifts.push({ value: entry.value, at: entry.startTime, sources });
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/** From now on every document of the page records what it shows. */
export async function recordFrames(page: Page): Promise<void> {
  await page.addInitScript(record);
}

/** What the document at hand has shown since its start, or since `from` frames were there. */
export async function recorded(page: Page, from = 0): Promise<Recording> {
  return page.evaluate((from) => {
    const { frames, shifts } = (window as any).recorded;
    return { frames: frames.slice(from), shifts };
  }, from);
}

/** The state that must be seen. */
export type Right = { division: string; name: string; colour: string };

/** The toggle and the figures are right in the first frame that shows them at all, and in every later one. */
export function expectRight({ frames, shifts }: Recording, right: Right): void {
  expect(shifts, "nothing is shifted").toEqual([]);
  const first = (shows: (frame: Frame) => unknown) => {
    const index = frames.findIndex(shows);
    expect(index, "it is shown at all").toBeGreaterThanOrEqual(0);
    return frames.slice(index);
  };
  const { division, name, colour } = right;
  const wrongToggles = first((frame) => frame.toggle !== null).filter(
    (frame) => frame.toggle !== division || frame.segment !== colour || frame.edge !== colour,
  );
  expect(wrongToggles, `the toggle shows ${name}, in its colour, in every frame`).toEqual([]);
  const wrongFigures = first((frame) => frame.division !== null).filter(
    (frame) => frame.division !== division || !frame.scope?.startsWith(`${name} ·`),
  );
  expect(wrongFigures, `the figures are those of ${name} in every frame`).toEqual([]);
}

/** The figures are complete and current in the first frame that shows them, and nothing in them ever changes. */
export function expectUnchanged({ frames }: Recording): void {
  const shown = frames.filter((frame) => frame.text !== null);
  const different = shown.filter((frame) => frame.text !== shown.at(-1)!.text || frame.busy !== "false");
  expect(different, "the figures stand whole from their first frame on").toEqual([]);
}
