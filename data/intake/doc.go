// Package intake turns foreign GeoJSON into a dataset of demarc's own schema.
//
// Two kinds of foreign data are understood. *States* are what was held on a
// day, a file or a group of features each, with the day in the file's name or
// in a property: each polygon becomes a zone from the day it first appears to
// the day it is gone, so that equal days cost nothing. *Records* carry their own
// valid time in properties, one zone a feature.
package intake
