// Package picture draws a snapshot's map of one day with the figure it shows, as
// SVG and as PNG, and words both in every language of data/words.
//
// svg.go and png.go draw a sheet (sheet.go), which is the map laid out on paper;
// statement.go says what a share comes to, in the words of data/words, which the
// head of the page uses too. context.go draws what lies around and below the zones,
// names.go and svg_names.go write names, locator.go draws an inset. Positions on paper are pixels, x right, y down.
package picture
