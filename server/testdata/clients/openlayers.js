import 'ol/ol.css';
import Map from 'ol/Map.js';
import View from 'ol/View.js';
import { fromLonLat } from 'ol/proj.js';
import { apply } from 'ol-mapbox-style';
import { centre, container, drawn, query, server, zoom } from './page.js';

const map = new Map({ target: container, view: new View({ center: fromLonLat(centre), zoom: zoom + 1 }) });
await apply(map, `${server}/styles/gaza.json?variant=overlay&${query}`);
map.getView().setCenter(fromLonLat(centre));
map.getView().setZoom(zoom + 1); // tiles of 256 pixels
map.on('rendercomplete', () => drawn((place) => map.getPixelFromCoordinate(fromLonLat(place))));
map.render();
