// Package geo measures and overlays polygons on the WGS 84 ellipsoid.
//
// Coordinates are longitude, latitude in degrees. An edge is a straight line in
// longitude and latitude (RFC 7946, section 3.1.1). Areas are square metres,
// lengths metres, angles degrees.
package geo
