// Package inspect takes a first look at a vector file of another program: what it
// is, what is in it, what of that looks like a party or a day, what is wrong with
// its rings, and the command that would import it.
//
// Nothing is decided here. What something looks like is a suggestion, and the
// command shows each of them; what only people know stands in it as a word in
// capitals, which demarc import refuses.
//
// The files, from the answer to what it is made of:
//
//   - inspection.go: what is told
//   - look.go: one pass over a file
//   - words.go: an inspection as text
//   - suggest.go: what the command says, and quote.go how a shell reads it
//   - placeholders.go: the words that people replace
//   - differ.go: what two files have not in common
//   - kinds.go: repairs and faults, counted
//   - property.go: the properties, tally.go the values of one, and looks.go what they look like
//   - day.go: the ways in which days are written
//   - language.go: the language that a script hints at
package inspect
