// A browser with a back/forward cache, which Playwright's own browsers don't have.
import { chromium, type Page } from "@playwright/test";
import { connect, createServer, type Socket } from "node:net";
import settings from "./playwright.config";
import { saveData, type Server } from "./studio";

/**
 * A window of such a browser. Each page records in `shownAgain` its state at the moment when it was shown again.
 *
 * Chromium doesn't keep pages with `no-store`, but other browsers do, so the proxy at `address` removes it from the
 * answers.
 */
export async function keepsPages(server: Server): Promise<{ page: Page; address: string; end: () => Promise<void> }> {
  const open = new Set<Socket>();
  const proxy = createServer((browser) => {
    const upstream = connect(server.port, "127.0.0.1");
    for (const [from, to] of [[browser, upstream], [upstream, browser]]) {
      open.add(from);
      from.on("data", (bytes) => to.write(from === browser ? bytes : withoutNoStore(bytes)));
      from.on("close", () => to.destroy());
      from.on("error", () => to.destroy());
    }
  });
  await new Promise<void>((ready) => proxy.listen(0, "127.0.0.1", ready));
  const { port } = proxy.address() as { port: number };
  const browser = await chromium.launch({
    ...settings.projects![0].use!.launchOptions,
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
  const page = await (await browser.newContext({ locale: "en-GB" })).newPage();
  // Nor does Chromium keep a page that has a request under way.
  await saveData(page);
  await page.addInitScript(() => {
    addEventListener("pageshow", ({ persisted }) => {
      const app = document.querySelector(".app");
      const division = document.querySelector("main")?.dataset.division;
      if (app) Object.assign(window, { shownAgain: { persisted, visibility: getComputedStyle(app).visibility, division } });
    });
  });
  return {
    page,
    address: `http://127.0.0.1:${port}`,
    end: async () => {
      await browser.close();
      open.forEach((socket) => socket.destroy());
      await new Promise((done) => proxy.close(done));
    },
  };
}

/** Goes back to a page that was kept. Playwright's own `goBack` waits for a load, which never happens. */
export async function goBack(page: Page): Promise<void> {
  await page.evaluate(() => history.back());
}

function withoutNoStore(bytes: Buffer): Buffer {
  let at = -1;
  while ((at = bytes.indexOf("no-store", at + 1)) >= 0) bytes.write("no-cache", at);
  return bytes;
}
