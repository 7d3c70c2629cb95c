package data

import "fmt"

// FutureDay means that a question is about a day after today.
type FutureDay struct {
	Name       string // of the parameter or flag, such as as_of
	Day, Today Date
}

func (e *FutureDay) Error() string {
	return fmt.Sprintf("%s: %s is after today, %s: there is no evidence of days to come", e.Name, e.Day, e.Today)
}

// ByToday refuses a day after today with *FutureDay: how things stand on a day
// to come nobody knows. Name is that of the parameter or flag that gave the day.
func ByToday(name string, day, today Date) error {
	if day > today {
		return &FutureDay{name, day, today}
	}
	return nil
}
