module example.org/figure

go 1.26.3

require (
	github.com/demarc-map/demarc v0.0.0
	github.com/paulmach/orb v0.14.0
)

require (
	github.com/go-json-experiment/json v0.0.0-20260820222146-c27c302e5fc3 // indirect
	github.com/tidwall/geodesic v0.3.5 // indirect
	github.com/tidwall/geoindex v1.7.0 // indirect
	github.com/tidwall/rtree v1.10.0 // indirect
	github.com/twpayne/go-geom v1.7.0 // indirect
	github.com/twpayne/go-kml/v3 v3.6.0 // indirect
	go.mongodb.org/mongo-driver/v2 v2.5.0 // indirect
	golang.org/x/sync v0.24.0 // indirect
)

// For the example in the checkout. A program of your own names a version instead.
replace github.com/demarc-map/demarc => ../..
