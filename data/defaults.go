package data

// fillDefaults says what features and claims mean that name no territory or
// party: the dataset's own; and things that name no source: their layer's.
func (c *Contents) fillDefaults() {
	for i := range c.Lines {
		c.Lines[i].Territory = orDefault(c.Lines[i].Territory, c.Dataset.Territory)
	}
	for i := range c.Claims {
		c.Claims[i].Of = orDefault(c.Claims[i].Of, c.Dataset.Territory)
		c.Claims[i].Party = orDefault(c.Claims[i].Party, c.Dataset.Party)
	}
	sources := make(map[string]string, len(c.Dataset.Things))
	for _, l := range c.Dataset.Things {
		sources[l.ID] = l.Source
	}
	for i := range c.Things {
		c.Things[i].Source = orDefault(c.Things[i].Source, sources[c.Things[i].Layer])
	}
}

func orDefault(id, fallback string) string {
	if id == "" {
		return fallback
	}
	return id
}
