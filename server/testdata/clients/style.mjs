// Validates the styles on standard input, an array, by the rules of the MapLibre
// style specification: node style.mjs. Prints what is wrong with any.
import { readFileSync } from 'node:fs';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';

const styles = JSON.parse(readFileSync(0, 'utf8'));
console.log(JSON.stringify(styles.flatMap((style, at) => validateStyleMin(style).map((fault) => `${at}: ${fault.message}`))));
