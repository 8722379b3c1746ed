// A release is one file: alone in an empty folder it has everything that a page needs.
import { choose, expect, expectDivision, hydrated, logIn, saved, Server, test as base, type Page } from "../studio";
import { readdirSync } from "node:fs";

/**
 * The most that a page's script and WASM may have together, as brotli, in bytes: the size at the time (docs/bench.md) and
 * a little. Every visitor on a slow line waits for them before a page acts without its forms.
 */
const LARGEST_PROGRAM = 220_000;

const test = base.extend({
  server: async ({}, use) => {
    const server = await Server.startCopy();
    await use(server);
    await server.end();
  },
});

/** Each file that the page's next documents ask for: how it was answered. */
function filesOf(page: Page) {
  const files = new Map<string, { status: number; form: string; kept: string }>();
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    const headers = response.headers();
    if (!/\.(js|wasm|css|svg)$/.test(pathname)) return;
    files.set(pathname, { status: response.status(), form: headers["content-encoding"], kept: headers["cache-control"] });
  });
  return files;
}

test("the program that a page loads is no larger than it was", async ({ page, server }) => {
  const sizes: Promise<number>[] = [];
  page.on("requestfinished", (request) => {
    if (!/\.(js|wasm)$/.test(new URL(request.url()).pathname)) return;
    sizes.push(request.response().then(async (answer) => {
      const headers = await answer!.allHeaders();
      expect(headers["content-encoding"]).toBe("br");
      return Number(headers["content-length"]);
    }));
  });
  await logIn(page, server.address);
  await hydrated(page);
  const size = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(sizes.length, "a script and its WASM").toBe(2);
  expect(size).toBeGreaterThan(0);
  expect(
    size,
    "The browser's program has grown. docs/bench.md says what makes it large and what helps, and how to find what was " +
      "added; if it must be, raise LARGEST_PROGRAM in end2end/tests/release.spec.ts, and the figure in docs/bench.md.",
  ).toBeLessThanOrEqual(LARGEST_PROGRAM);
});

test("alone in an empty folder it shows pages with their style, takes them over and follows the toggle", async ({ page, server }) => {
  const files = filesOf(page);
  await logIn(page, server.address);
  await hydrated(page);
  await expect(page.locator("header.bar > .settings")).toHaveCSS("display", "flex");
  await choose(page, "Web");
  await expectDivision(page, "web", "Web");
  await saved(page);
  for (const kind of ["js", "wasm", "css"]) {
    const [name] = [...files.keys()].filter((name) => name.endsWith(`.${kind}`));
    expect(name).toMatch(new RegExp(`^/pkg/control-maniac\\..{22}\\.${kind}$`));
    expect(files.get(name), name).toEqual({ status: 200, form: "br", kept: "public, max-age=31536000, immutable" });
  }
  for (const [name, { status }] of files) expect(status, name).toBe(200);
  for (const name of ["/favicon.svg", "/pin.svg", "/robots.txt"]) {
    expect((await page.request.get(server.address + name)).status(), name).toBe(200);
  }
  await page.getByRole("link", { name: "Costs" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Costs");
  await expectDivision(page, "web", "Web");
  await page.reload();
  await hydrated(page);
  await expectDivision(page, "web", "Web");
  const others = readdirSync(server.folder).filter((name) => !name.startsWith("studio.db"));
  expect(others, "nothing lies beside it but its database").toEqual(["control-maniac"]);
});
