import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import type { Evidence, Measure } from '../api';

/** One side of a comparison. */
export interface Side {
  as_of: string;
  basis: string;
  measures: Measure;
  evidence: Evidence;
  percent: number;
}

/** What was gained and lost in a place. Slivers are among them: pieces thinner than the lines are exact. */
export interface Difference {
  gained_km2: number;
  lost_km2: number;
  gained_sliver_km2: number;
  lost_sliver_km2: number;
  /** of the shares, in percentage points */
  points: number;
}

/** Of a feature: what it is, and which of its polygons are slivers. */
export interface ChangeTags {
  change: 'gained' | 'lost' | 'kept';
  slivers?: readonly number[];
}

/** The land that differs between two states: held in the second only, in the first only, in both. */
export interface Changes extends FeatureCollection<Polygon | MultiPolygon, ChangeTags>, Difference {
  of: string;
  party: string;
  from: Side;
  to: Side;
  kept_km2: number;
  districts: Array<Difference & { of: string }>;
}
