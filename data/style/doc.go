// Package style says how an edition is drawn elsewhere: as a MapLibre style with
// its sprite, and as the files of QGIS.
//
// There is one list of marks, from bottom to top (marks.go), which every form is
// made of; its order and colours are those of the page by day, which a test
// compares. Widths are CSS pixels. Hatches mean land that is stated and not held:
// claimed, proposed, disputed, or closed without being held (restricted).
package style
