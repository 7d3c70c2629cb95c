// What the pages of all clients share: the server to ask, the view, and what the test waits for.
export const server = new URLSearchParams(location.search).get('server');
export const style = new URLSearchParams(location.search).get('style'); // instead of Gaza's
export const query = 'as_of=2026-01-20&basis=traced';
export const centre = [34.38, 31.4];
export const zoom = 9.5; // of tiles of 512 pixels
export const container = document.getElementById('map');

/** Tells the test that the map is drawn, and where on it a place is. */
export function drawn(pixelOf) {
  window.pixelOf = pixelOf;
  document.body.dataset.state = 'drawn';
}
