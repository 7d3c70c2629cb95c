// Package look is the one answer to what counts and how it is drawn: whether a zone
// counts under a reading, whose the land is, who else holds it, and its mark: fill,
// outline, pattern, words of the legend. Every map, file and sentence asks it.
//
// phrase.go has the words of what a reading measures.
package look
