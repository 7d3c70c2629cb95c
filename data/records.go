package data

// markRecords marks the periods that have more than those before them. A part of a
// period is no record, nothing is a record where less was gained than 0, and what is
// not known may have been more: a record says nothing of what lies before a period
// whose change is not known.
func markRecords(periods []Period) {
	for i := range periods {
		p := &periods[i]
		p.GainedRecordSince, p.GainedRecord = record(periods[:i+1], func(p *Period) *float64 { return p.GainedKm2 })
		p.NetRecordSince, p.NetRecord = record(periods[:i+1], func(p *Period) *float64 { return p.NetKm2 })
	}
}

// record tells of the last of some periods since when its figure is the most, or
// that it is the most of all.
func record(periods []Period, figure func(*Period) *float64) (since string, ever bool) {
	last := len(periods) - 1
	most := figure(&periods[last])
	if last == 0 || periods[last].Partial || most == nil || *most <= 0 {
		return "", false
	}
	for i := last - 1; i >= 0; i-- {
		switch earlier := figure(&periods[i]); {
		case earlier == nil:
			return "", false
		case *earlier >= *most && i == last-1:
			return "", false
		case *earlier >= *most:
			return periods[i].Name, false
		}
	}
	return "", true
}
