// Package preview makes a dataset of one foreign file at once, to be looked at and
// for nothing else: nobody said what it is, how exact, or what it is a part of.
//
// Every title, reading, attribution and disclaimer of it says so. Its territory is a
// frame around the shapes, since percentages have to be of something; they mean
// nothing, which its title says wherever one is quoted.
//
//   - preview.go: the dataset
//   - plan.go: what of the file is taken for what
//   - frame.go: the frame
package preview
