package data

// Edition returns the edition a day belongs to. An empty basis is the default
// one. It returns ErrUnknown for a basis the dataset does not have and
// *NotMapped for a day that the basis says nothing about.
func (s *Snapshot) Edition(basisID string, day Date) (Edition, error) {
	query := Query{Basis: basisID}
	_, basis, err := s.resolve(&query)
	if err != nil {
		return Edition{}, err
	}
	reading := s.readings[basis.ID]
	if _, mapped := reading.on(day); !mapped {
		return Edition{}, reading.notMapped(day)
	}
	epoch, _ := s.EpochOf(day)
	return Edition{epoch, basis.ID}, nil
}

// Sections returns what an edition shows: territories, zones, control lines
// and places, always in that order, and things where there are any.
func (s *Snapshot) Sections(e Edition) []Section {
	var out []Section
	for _, name := range s.SectionNames() {
		out = append(out, s.Section(e, name))
	}
	return out
}

// Section returns one section of an edition by its name; it is empty for a name that no section has.
func (s *Snapshot) Section(e Edition, name string) Section {
	out := Section{Name: name}
	for _, kind := range s.kinds() {
		for i := 0; i < kind.count && kind.section == name; i++ {
			if kind.shown(i, e) {
				out.Items = append(out.Items, kind.whole(i))
			}
		}
	}
	return out
}
