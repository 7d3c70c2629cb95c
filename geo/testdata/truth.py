"""Areas to 50 digits of polygons with edges straight in longitude and latitude.

python3 truth.py > truth.json      (mpmath 1.3.0)

Every coordinate is an exact double; the zonal area is the closed form, its mean
over an edge a quadrature. Nothing here is shared with the program.
"""
import json, math, random
from mpmath import mp, mpf, quad, sin, cos, atanh, sqrt, pi
mp.dps = 50
a, f = mpf(6378137), 1 / mpf("298.257223563")
e = sqrt(f * (2 - f)); b = a * (1 - f)

def S(lat):
    s = sin(lat * pi / 180)
    return b * b / 2 * (s / (1 - e * e * s * s) + atanh(e * s) / e)

def area(ring):
    total, base = mpf(0), S(mpf(ring[0][1]))
    for (x1, y1), (x2, y2) in zip(ring[-1:] + ring[:-1], ring):
        x1, y1, x2, y2 = map(mpf, (x1, y1, x2, y2))
        if x1 == x2:
            continue
        mean = S(y1) if y1 == y2 else quad(lambda t: S(y1 + (y2 - y1) * t), [0, mpf(1) / 2, 1])
        total -= (x2 - x1) * pi / 180 * (mean - base)
    return total

random.seed(1)
rings = {"globe": [[-180.0, -90.0], [180.0, -90.0], [180.0, 90.0], [-180.0, 90.0]],
         "octant": [[0.0, 0.0], [90.0, 0.0], [0.0, 90.0]],
         "wide and low": [[-179.0, 10.0], [-60.0, 10.25], [60.0, 10.5], [179.0, 10.0], [0.0, 11.0]]}
for name, x, y, r, n in [("a square millimetre", 34.3, 31.4, 5e-9, 7), ("a square metre", 34.3, 31.4, 6e-6, 9), ("a house", 34.3, 31.4, 1e-4, 12),
                         ("a town", 34.3, 31.4, 0.02, 30), ("a county", 34.3, 31.4, 0.24, 40), ("a province", 34.3, 31.4, 0.26, 40),
                         ("a country", 34.3, 31.4, 5.9, 60), ("a large country", 34.3, 31.4, 6.1, 60), ("a continent", 20.0, 5.0, 60.0, 50),
                         ("on the equator", 20.0, 0.0, 0.1, 20), ("at the south", -60.0, -75.0, 5.0, 30),
                         ("beside the pole", 30.0, 89.99, 0.005, 20), ("a metre beside the pole", 30.0, 89.99999, 4e-6, 20)]:
    rings[name] = [[x + r * random.uniform(.4, 1) * math.cos(2 * math.pi * i / n), y + r * random.uniform(.4, 1) * math.sin(2 * math.pi * i / n)]
                   for i in range(n)]
print(json.dumps([{"name": k, "ring": v, "area": mp.nstr(area(v), 40)} for k, v in rings.items()], indent=1))
