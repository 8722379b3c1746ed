// What the tests share: a server with a database of its own, and pages that fail a test when anything is logged to
// their console.
import { test as base, expect, type BrowserContext, type Page, type Request } from "@playwright/test";
import { spawn, type ChildProcess } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withoutUnknownCommands } from "./firefox";

/** The release that `.ci/build` made in the folder `built`: one file, which needs no other. */
export const releaseIn = (built: string) => join(built, "dist/control-maniac");
/** The one under test: this folder's, unless a test wants another build. */
const release = releaseIn(process.env.CONTROL_MANIAC_BUILT ?? dirname(dirname(fileURLToPath(import.meta.url))));
export const password = "demo-password";
export const controller = "controller@studio.test";
export const webLead = "web.lead@studio.test";

/** The real program, in a folder with nothing but its database file; it keeps its address over restarts. */
export class Server {
  private process?: ChildProcess;
  private constructor(readonly folder: string, readonly port: number, public program: string, readonly options: string[] = []) {}

  static async start(template?: string, program = release, options: string[] = []): Promise<Server> {
    const server = new Server(mkdtempSync(join(tmpdir(), "control-maniac-")), await freePort(), program, options);
    if (template) copyFileSync(template, server.database);
    await server.run();
    return server;
  }

  /** Copies the release into an empty folder, alone, and starts that copy there. */
  static async startCopy(): Promise<Server> {
    const server = new Server(mkdtempSync(join(tmpdir(), "control-maniac-")), await freePort(), "");
    server.program = join(server.folder, "control-maniac");
    copyFileSync(release, server.program);
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
      this.program,
      ["serve", "--demo", "--addr", `127.0.0.1:${this.port}`, "--database-url", `sqlite:${this.database}`, ...this.options],
      // The files for the browser come from the release alone, no matter what `make` says to others.
      { cwd: this.folder, env: { ...process.env, CONTROL_MANIAC_SITE: undefined }, stdio: ["ignore", "pipe", "inherit"] },
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

/** What Firefox logs about a style that Playwright adds to each page and that our policy refuses. */
const playwrightsOwnStyle = /sha256-YjaKGiklmzC6wjXA513HAMmzus8VE61XCOT\+SmwNZWA=/;

const browserName = (page: Page) => page.context().browser()!.browserType().name();

type Console = { said: string[]; allowed: RegExp[] };
const consoles = new WeakMap<Page, Console>();

/** From now on the page's console must stay silent, except for messages that match `allowed`. */
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
  const field = page.locator("#email");
  // The page focuses the field itself; if the test is faster, Chromium logs a message about it.
  if (browserName(page) === "chromium") await expect(field).toBeFocused();
  await field.fill(email);
  await page.locator("#password").fill(password);
  await page.locator(".login button").click();
}

export async function logIn(page: Page, address: string, email = controller): Promise<void> {
  await page.goto(`${address}/login`);
  await typeLogin(page, email);
  await expect(page.getByRole("main")).toHaveAttribute("data-division", /.+/);
  // If the page navigates while it is still loading, a browser may report the first navigation as interrupted.
  await page.waitForLoadState();
}

/** Waits until the page's next stream is open: from then on it hears of changes. */
export async function followed(page: Page): Promise<void> {
  await page.waitForResponse("**/api/live");
}

/** Another window of the same browser, hydrated and following the server. */
export async function another(page: Page, server: Server, path = "/"): Promise<Page> {
  const window = await page.context().newPage();
  silent(window);
  const follows = followed(window);
  await window.goto(server.address + path);
  await hydrated(window);
  await follows;
  return window;
}

/** Waits until the choice that is shown is acknowledged: then the database has it. */
export async function saved(page: Page, setting = "division"): Promise<void> {
  await expect(page.locator(`form.setting.${setting}`)).toHaveAttribute("data-progress", "saved");
}

/** Waits until the page is hydrated. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveClass(/hydrated/);
}

/** Holds back the program that hydrates pages until the returned function is called. */
export async function holdProgram(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((done) => (release = done));
  await page.route("**/*.wasm", async (route) => {
    await released;
    // A page that was left meanwhile no longer has the request.
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

/** Chooses a division as a person does: with the pointer, on the segment with its name. */
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
  /** How many seconds pass between two beats of a stream, if not as many as usual. */
  heartbeat: number | undefined;
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
  heartbeat: [undefined, { option: true }],
  server: async ({ template, heartbeat }, use) => {
    const server = await Server.start(template, undefined, heartbeat ? ["--heartbeat", String(heartbeat)] : []);
    await use(server);
    await server.end();
  },
  // The server must outlive it: a request under way when the server is killed would be logged to the console.
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
