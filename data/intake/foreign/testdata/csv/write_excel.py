"""Writes points as Excel does in a country with decimal commas: semicolons, CRLF, a byte order mark."""
import csv

with open("excel-comma.csv", "w", encoding="utf-8-sig", newline="") as file:
    out = csv.writer(file, dialect="excel", delimiter=";")
    out.writerow(["Імʼя", "Широта", "lat", "lng", "note"])
    out.writerow(["Місто", "49,99", "49,9935", "36,2304", 'two\nlines, "quoted"; and more'])
    out.writerow(["Село", "", "48", "37,5", "007"])
    out.writerow(["", "", "", "", "nowhere"])
