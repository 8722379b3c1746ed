// When a page has nothing left to do: it is hydrated, follows the server, and has fetched ahead all that it may.
import type { Page } from "./studio";

/** Runs in the page itself: it may not refer to anything outside. */
function watch(): void {
  let streamed = false;
  Object.assign(window, { isStreamed: () => streamed });
  // The stream is open once it has brought a snapshot.
  const Source = window.EventSource;
  window.EventSource = class extends Source {
    constructor(address: string | URL, options?: EventSourceInit) {
      super(address, options);
      this.addEventListener("newest", () => (streamed = true));
      this.addEventListener("error", () => (streamed = false));
    }
    close() {
      streamed = false;
      super.close();
    }
  };
}

/** From now on every document of the page knows whether its stream is open; it costs no frame anything. */
export async function watchStream(page: Page): Promise<void> {
  await page.addInitScript(watch);
}

/**
 * Waits until the document at hand, whose stream is watched, has nothing left to do: hydrated, its stream open,
 * everything asked for answered, the figures of the `others` divisions fetched ahead, and two more frames painted.
 */
export async function idle(page: Page, others = 3): Promise<void> {
  await page.waitForFunction((others) => {
    const main = document.querySelector("main");
    const answered = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
    const figures = answered.filter((entry) => entry.name.includes("/api/figures") && entry.responseEnd > 0);
    return (
      document.documentElement.classList.contains("hydrated") &&
      (window as any).isStreamed() &&
      main?.getAttribute("aria-busy") === "false" &&
      figures.length >= others
    );
  }, others);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
