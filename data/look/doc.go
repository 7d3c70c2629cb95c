// Package look is the one answer to what counts and how it is drawn: whether a zone
// counts under a reading, whose the land is, who else holds it, and its mark: fill,
// outline, pattern, words of the legend. Every map, file and sentence asks it.
//
// phrase.go has the words of what a reading measures, legend.go those of the marks;
// party.go the colours of parties, status.go those of what is stated and does not
// count, line.go those of lines, base.go those of what lies below. paint.go is what
// an area is covered with, land.go says so for an edition's held land, and
// answer.go is all of it as the server tells it.
package look
