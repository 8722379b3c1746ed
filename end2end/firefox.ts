// Debian's Firefox, which Playwright drives through WebDriver BiDi.
import type { Browser } from "@playwright/test";

/** A command that Playwright sends to every new page and that this Firefox doesn't know yet; no test here needs it. */
const unknown = "emulation.setMediaFeaturesOverride";

/** Answers that command instead of the browser. */
export function withoutUnknownCommands(browser: Browser): void {
  const session = (browser as any)._connection.toImpl(browser)._browserSession;
  const commands = Object.getPrototypeOf(session);
  if (commands.isWithoutUnknown) return;
  const { send } = commands;
  commands.isWithoutUnknown = true;
  commands.send = function (method: string, parameters: unknown) {
    return method === unknown ? Promise.resolve({}) : send.call(this, method, parameters);
  };
}
