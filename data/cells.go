package data

import "strconv"

// numberCell is a number of a spreadsheet, empty where it is not known.
func numberCell(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'g', -1, 64)
}

// dayCell is a day of a spreadsheet, empty for none.
func dayCell(d Date) string {
	if d == 0 {
		return ""
	}
	return d.String()
}
