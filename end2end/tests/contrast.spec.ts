// What is told apart by a colour or a drawing: the series of a chart, computed from the style sheet; and everything in
// forced colours.
import { expect, hydrated, logIn, test, type Page } from "../studio";

/** The colours that the style sheet gives to the six series on each accent and to their ground, as red, green and blue. */
const colours = (page: Page) =>
  page.evaluate(() => {
    const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true })!;
    const drawn = (colour: string) => {
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    };
    const figure = document.querySelector(".chart")!;
    const ground = drawn(getComputedStyle(figure.closest(".panel")!).backgroundColor);
    const accents = ["blue", "green", "violet", "amber", "rose", "teal", "slate"].map((accent) => {
      const place = document.createElement("div");
      place.className = `accent-${accent}`;
      figure.append(place);
      const series = [1, 2, 3, 4, 5, 6].map((number) => {
        const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
        const column = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        column.setAttribute("class", `column series-${number}`);
        svg.append(column);
        place.append(svg);
        return drawn(getComputedStyle(column).fill);
      });
      place.remove();
      return { accent, series };
    });
    return { ground, accents };
  });

function luminance(colour: number[]): number {
  const [red, green, blue] = colour.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** As WCAG 2.2 defines it. */
function contrast(one: number[], other: number[]): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("any two series of a chart have a contrast of 1.5 at least, and each to its ground", async ({ page, server }) => {
      await logIn(page, server.address);
      await page.goto(`${server.address}/costs`);
      await hydrated(page);
      const { ground, accents } = await colours(page);
      for (const { accent, series } of accents) {
        expect(new Set(series.map(String)).size, accent).toBe(6);
        const all = [ground, ...series];
        all.forEach((one, place) =>
          all.slice(place + 1).forEach((other, after) => {
            expect(contrast(one, other), `${accent}: ${place} and ${place + 1 + after}`).toBeGreaterThanOrEqual(1.5);
          }),
        );
      }
      await page.screenshot({ path: `end2end/results/screens/chart-${colorScheme}.png` });
    });
  });
}

test("in forced colours the pins, the charts, the bars and the chosen division are seen", async ({ page, server }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await logIn(page, server.address);
  await page.goto(`${server.address}/projects?division=web`);
  await hydrated(page);
  const style = (selector: string, name: string, pseudo?: string) =>
    page.locator(selector).first().evaluate((element, [name, pseudo]) => getComputedStyle(element, pseudo).getPropertyValue(name!), [name, pseudo] as const);
  const ground = await style("body", "background-color");
  const pin = await style("form.period .pin", "background-color", "::before");
  const pinned = await style("form.division .pin", "background-color", "::before");
  expect([pin, pinned]).not.toContain(ground);
  expect(pinned).not.toBe(pin);
  expect(await style("form.division .pin", "outline-style")).toBe("dashed");
  const segment = (value: string) => style(`form.division input[value=${value}] + span`, "background-color");
  expect(await segment("web")).not.toBe(await segment("mobile"));
  expect(await segment("web")).not.toBe(ground);
  expect(await style(".meter .track", "stroke")).not.toBe(ground);
  expect(await style(".meter .used", "fill")).not.toBe(ground);
  await page.screenshot({ path: "end2end/results/screens/forced-projects.png" });
  await page.goto(`${server.address}/costs`);
  await hydrated(page);
  for (const place of [1, 2, 3, 4, 5]) {
    const column = `.month .series-${place}`;
    expect(await style(column, "stroke"), "an edge").not.toBe(ground);
    const [inside, next] = [await style(column, "fill"), await style(`.month .series-${place + 1}`, "fill")];
    expect(inside, `${place} and its neighbour`).not.toBe(next);
  }
  await page.screenshot({ path: "end2end/results/screens/forced-costs.png" });
});
