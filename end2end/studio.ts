// What the tests share: a server with a database of its own, and pages that fail a test when their console speaks.
import { test as base, expect, type BrowserContext, type Page, type Request } from "@playwright/test";
import { spawn, type ChildProcess } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withoutUnknownCommands } from "./firefox";

/** Where the program was built: another folder than this one where a test wants another build. */
const built = process.env.CONTROL_MANIAC_BUILT ?? dirname(dirname(fileURLToPath(import.meta.url)));
export const password = "demo-password";
export const controller = "controller@studio.test";
export const webLead = "web.lead@studio.test";

/** The true program on a database file of its own; it keeps its address over restarts. */
export class Server {
  private process?: ChildProcess;
  private constructor(readonly folder: string, readonly port: number, public built: string) {}

  static async start(template?: string, from = built): Promise<Server> {
    const server = new Server(mkdtempSync(join(tmpdir(), "control-maniac-")), await freePort(), from);
    if (template) copyFileSync(template, server.database);
    await server.run();
    return server;
  }

  get database() {
    return join(this.folder, "studio.db");
  }

  get address() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts the program and waits until it says that it listens. */
  async run(): Promise<void> {
    const child = spawn(
      join(this.built, "target/release/control-maniac"),
      ["serve", "--demo", "--addr", `127.0.0.1:${this.port}`, "--database-url", `sqlite:${this.database}`],
      { cwd: this.built, stdio: ["ignore", "pipe", "inherit"] },
    );
    this.process = child;
    await new Promise<void>((ready, failed) => {
      let said = "";
      child.stdout!.on("data", (text) => {
        said += text;
        if (said.includes(this.address)) ready();
      });
      child.on("exit", (code) => failed(new Error(`the server ended with ${code}: ${said}`)));
    });
  }

  /** Stops the program: SIGTERM lets it drain, SIGKILL doesn't. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const child = this.process!;
    child.removeAllListeners("exit");
    const ended = new Promise((done) => child.on("exit", done));
    child.kill(signal);
    await ended;
  }

  async restart(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    await this.stop(signal);
    await this.run();
  }

  async end(): Promise<void> {
    await this.stop("SIGKILL");
    rmSync(this.folder, { recursive: true });
  }
}

async function freePort(): Promise<number> {
  return new Promise((found) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => found(port));
    });
  });
}

/** What Firefox says of a style that Playwright puts into each page, and that our policy refuses. */
const playwrightsOwnStyle = /sha256-YjaKGiklmzC6wjXA513HAMmzus8VE61XCOT\+SmwNZWA=/;

const browserName = (page: Page) => page.context().browser()!.browserType().name();

type Console = { said: string[]; allowed: RegExp[] };
const consoles = new WeakMap<Page, Console>();

/** From now on the page's console must stay silent, but for messages like those `allowed`. */
export function silent(page: Page, allowed: RegExp[] = []): void {
  const known = consoles.get(page);
  if (known) {
    known.allowed.push(...allowed);
    return;
  }
  const heard: Console = { said: [], allowed };
  consoles.set(page, heard);
  page.on("console", (message) => heard.said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => heard.said.push(`error: ${error.message}`));
}

export function expectSilence(page: Page): void {
  const { said, allowed } = consoles.get(page)!;
  const ofPlaywright = browserName(page) === "firefox" ? [playwrightsOwnStyle] : [];
  const unexpected = said.filter((message) => ![...allowed, ...ofPlaywright].some((pattern) => pattern.test(message)));
  expect(unexpected, "the console is silent").toEqual([]);
}

/** Fills in the login that the page shows. */
export async function typeLogin(page: Page, email = controller): Promise<void> {
  const field = page.getByLabel("E-mail");
  // The page puts the keyboard there itself; whoever is faster has Chromium say so in the console.
  if (browserName(page) === "chromium") await expect(field).toBeFocused();
  await field.fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
}

export async function logIn(page: Page, address: string, email = controller): Promise<void> {
  await page.goto(`${address}/login`);
  await typeLogin(page, email);
  await expect(page.getByRole("main")).toHaveAttribute("data-division", /.+/);
  // A browser that is told to go elsewhere while it still loads may call the one way interrupted by the other.
  await page.waitForLoadState();
}

/** The page's next stream is open: from then on it is told what changes. */
export async function followed(page: Page): Promise<void> {
  await page.waitForResponse("**/api/live");
}

/** Another window of the same browser, taken over by the program and following the server. */
export async function another(page: Page, server: Server, path = "/"): Promise<Page> {
  const window = await page.context().newPage();
  silent(window);
  const follows = followed(window);
  await window.goto(server.address + path);
  await hydrated(window);
  await follows;
  return window;
}

/** Waits until the choice that is shown was acknowledged: the database has it. */
export async function saved(page: Page, setting = "division"): Promise<void> {
  await expect(page.locator(`form.setting.${setting}`)).toHaveAttribute("data-progress", "saved");
}

/** Waits until the program has taken over the page. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveClass(/hydrated/);
}

/** The program that takes over pages does not come before what is given back is called. */
export async function holdProgram(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((done) => (release = done));
  await page.route("**/*.wasm", async (route) => {
    await released;
    // A page that was left meanwhile asks for nothing any more.
    await route.continue().catch(() => {});
  });
  return release;
}

/** Nothing is fetched ahead in the page's next documents: the browser asks to save data. */
export async function saveData(page: Page): Promise<void> {
  await page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));
}

export function division(page: Page, name: string) {
  return page.getByRole("group", { name: "Division" }).getByRole("radio", { name, exact: true });
}

/** Chooses a division as a person does: with the pointer, on the segment that bears its name. */
export async function choose(page: Page, name: string): Promise<void> {
  await division(page, name).click();
}

/** The toggle and the figures show `slug`, and the figures are current. */
export async function expectDivision(page: Page, slug: string, name: string): Promise<void> {
  const main = page.getByRole("main");
  await expect(main).toHaveAttribute("data-division", slug);
  await expect(main).toHaveAttribute("aria-busy", "false");
  await expect(division(page, name)).toBeChecked();
  await expect(page.locator(".scope")).toContainText(name);
}

type Fixtures = {
  server: Server;
  /** Logs in with another browser. */
  elsewhere: (email?: string) => Promise<Page>;
};

export const test = base.extend<Fixtures, { template: string }>({
  browser: [
    async ({ browser, browserName }, use) => {
      if (browserName === "firefox") withoutUnknownCommands(browser);
      await use(browser);
    },
    { scope: "worker" },
  ],
  // A database with the demo studio in it, made once for each worker and copied for each test.
  template: [
    async ({}, use) => {
      const server = await Server.start();
      await server.stop();
      await use(server.database);
      rmSync(server.folder, { recursive: true });
    },
    { scope: "worker" },
  ],
  server: async ({ template }, use) => {
    const server = await Server.start(template);
    await use(server);
    await server.end();
  },
  // It needs the server to outlive it: a request under way when the server is killed would break the silence.
  page: async ({ page, server: _ }, use) => {
    silent(page);
    await use(page);
    page.context().pages().filter((window) => consoles.has(window)).forEach(expectSilence);
  },
  elsewhere: async ({ browser, server }, use) => {
    const opened: Page[] = [];
    await use(async (email) => {
      const page = await (await browser.newContext({ locale: "en-GB" })).newPage();
      opened.push(page);
      silent(page);
      await logIn(page, server.address, email);
      await hydrated(page);
      return page;
    });
    for (const page of opened) {
      page.context().pages().filter((window) => consoles.has(window)).forEach(expectSilence);
      await page.context().close();
    }
  },
});

export { expect, type BrowserContext, type Page, type Request };
