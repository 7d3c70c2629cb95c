package tiles

// Field numbers of MVT 2.1.
const (
	tileLayer = 3

	layerName     = 1
	layerFeatures = 2
	layerKeys     = 3
	layerValues   = 4
	layerExtent   = 5
	layerVersion  = 15

	valueString = 1
	valueFloat  = 2
	valueDouble = 3
	valueInt    = 4
	valueUint   = 5
	valueSint   = 6
	valueBool   = 7

	featureID       = 1
	featureTags     = 2
	featureType     = 3
	featureGeometry = 4
)

const (
	moveTo    = 1
	lineTo    = 2
	closePath = 7
)
