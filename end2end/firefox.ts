// What Firefox needs to run the browser tests: it is Debian's own, spoken to over WebDriver BiDi.
import type { Browser } from "@playwright/test";

/** What Firefox says of a style that Playwright adds while it waits, and that our policy refuses. */
export const ofPlaywright = /sha256-YjaKGiklmzC6wjXA513HAMmzus8VE61XCOT\+SmwNZWA=/;

/**
 * Firefox 153 has no command to emulate media features, which Playwright sends for every page. It is answered here;
 * there is no public way to leave it out. Tests that need it run in Chromium alone.
 */
export function withoutMediaFeatures(browser: Browser): void {
  const session = (browser as any)._connection.toImpl(browser)._browserSession.constructor.prototype;
  if (session.leavesOut) return;
  session.leavesOut = true;
  const send = session.send;
  session.send = function (method: string, ...rest: unknown[]) {
    return method === "emulation.setMediaFeaturesOverride" ? Promise.resolve({}) : send.call(this, method, ...rest);
  };
}
