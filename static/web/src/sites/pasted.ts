/** Which of two numbers of a place comes first. */
export type Order = 'lat-lon' | 'lon-lat';

/** A text as a file that the server reads, or the number of the first line in which no place was found. */
export type Pasted = { file: File } | { line: number };

/**
 * Makes a file of what was pasted. What begins as JSON, KML or a table with a heading is handed on as it is; lines of
 * two numbers become places, and what follows the numbers is their name.
 */
export function pasted(text: string, order: Order): Pasted {
  const trimmed = text.trim();
  if (/^[{[]/.test(trimmed)) return { file: fileOf(trimmed, 'geojson') };
  if (trimmed.startsWith('<')) return { file: fileOf(trimmed, 'kml') };
  if (/^[^\d\s+\-.(]/.test(trimmed)) return { file: fileOf(trimmed, 'csv') };
  const features: object[] = [];
  for (const [index, line] of trimmed.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const found = /^\s*\(?\s*([+-]?\d+(?:\.\d+)?)\s*°?\s*[,;\s]\s*([+-]?\d+(?:\.\d+)?)\s*°?\s*\)?(?:[,;\s]\s*(.*))?$/.exec(line);
    if (!found) return { line: index + 1 };
    const [first, second] = [Number(found[1]), Number(found[2])];
    const coordinates = order === 'lat-lon' ? [second, first] : [first, second];
    const name = found[3]?.trim();
    features.push({ type: 'Feature', properties: name ? { name } : {}, geometry: { type: 'Point', coordinates } });
  }
  return features.length > 0 ? { file: fileOf(JSON.stringify({ type: 'FeatureCollection', features }), 'geojson') } : { line: 1 };
}

function fileOf(text: string, kind: string): File {
  return new File([text], `pasted.${kind}`);
}
