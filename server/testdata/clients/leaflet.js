import 'leaflet/dist/leaflet.css';
import '@maplibre/maplibre-gl-leaflet';
import L from 'leaflet';
import { setWorkerUrl } from 'maplibre-gl';
import { centre, container, drawn, query, server, zoom } from './page.js';

setWorkerUrl('/maplibre-gl-worker.mjs');
const map = L.map(container, { center: centre.toReversed(), zoom: Math.round(zoom + 1), attributionControl: true, zoomSnap: 0.5 });
const layer = L.maplibreGL({ style: `${server}/styles/gaza.json?variant=overlay&${query}`, zoomLevelsToOverscale: 24 }).addTo(map);
layer.getMaplibreMap().on('idle', () => drawn(([lon, lat]) => {
  const { x, y } = map.latLngToContainerPoint([lat, lon]);
  return [x, y];
}));
