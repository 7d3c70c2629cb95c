package gen

import (
	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
)

// named is an id with its words.
type named struct {
	id   string
	text data.Text
}

// parties lists the parties, the default one first.
var parties = [...]named{
	{"army", words("Highland Army", "جيش المرتفعات", "צבא הרמה")},
	{"front", words("Southern Front", "الجبهة الجنوبية", "החזית הדרומית")},
	{"militia", words("Harbour Militia", "ميليشيا الميناء", "מיליציית הנמל")},
}

// districtNames and districtSeats are the districts and about where the middle of each lies, km.
var (
	districtNames = [...]named{
		{"north-velmar", words("North Velmar", "شمال فيلمار", "צפון ולמאר")},
		{"highmoor", words("Highmoor", "هايمور", "היימור")},
		{"harbour-coast", words("Harbour Coast", "ساحل الميناء", "חוף הנמל")},
		{"middle-vale", words("Middle Vale", "الوادي الأوسط", "העמק התיכון")},
		{"southmarch", words("Southmarch", "ساوثمارش", "סאות׳מארץ׳")},
	}
	districtSeats = [len(districtNames)]orb.Point{{-9, 16}, {14, 11}, {-20, -2}, {4, -3}, {2, -17}}
)

func words(en, ar, he string) data.Text { return data.Text{"en": en, "ar": ar, "he": he} }

// description returns dataset.json.
func description() data.Dataset {
	made := data.Source{Publisher: "the demarc authors (invented)", Licence: "CC0 1.0"}
	source := func(id, title string) data.Source {
		s := made
		s.ID, s.Title = id, "Invented: "+title
		return s
	}
	return data.Dataset{
		Schema: data.Schema, ID: "demo",
		Title: words("Invented: Velmar, an island that does not exist", "مختلق: فيلمار، جزيرة لا وجود لها", "בדיוני: ולמאר, אי שאינו קיים"),
		Description: words("Invented by a program: an island with three parties, contested and unheld land, and two years of changes, to show what demarc does. No real place, people or event is meant.",
			"مختلق من برنامج: جزيرة فيها ثلاثة أطراف وأرض متنازع عليها وأرض لا يسيطر عليها أحد وسنتان من التغيّرات، لعرض ما يفعله demarc. لا يُقصد أي مكان أو أشخاص أو حدث حقيقي.",
			"בדיוני, מעשה תוכנה: אי ובו שלושה צדדים, קרקע שנויה במחלוקת וקרקע שאיש אינו מחזיק, ושנתיים של שינויים, כדי להראות מה demarc עושה. הדבר אינו מכוון לשום מקום, אדם או אירוע אמיתי."),
		Attribution: words("Invented data, the demarc authors, CC0 1.0", "بيانات مختلقة، مؤلفو demarc، CC0 1.0", "נתונים בדיוניים, מחברי demarc, CC0 1.0"),
		Disclaimer: words("Everything here is invented: the island, the parties, the figures and the claims. There is only water at this place.",
			"كل ما هنا مختلق: الجزيرة والأطراف والأرقام والتصريحات. لا يوجد في هذا الموضع سوى الماء.",
			"הכול כאן בדיוני: האי, הצדדים, המספרים והטענות. במקום הזה יש רק מים."),
		Territory: "velmar", Party: parties[0].id, Basis: "seen",
		Parties: []data.Party{{ID: parties[0].id, Name: parties[0].text}, {ID: parties[1].id, Name: parties[1].text}, {ID: parties[2].id, Name: parties[2].text}},
		Bases: []data.Basis{
			{ID: "seen", Name: words("What was seen", "ما شوهد", "מה שנראה"), Measures: data.HeldBy, Counts: []data.Status{data.Agreed, data.Observed},
				Meaning: words("Land where a party was seen; what is only claimed or disputed is drawn and does not count. Walked to March 2025; nothing from 10 March to 4 May 2025; from pictures taken from space since.",
					"أرض شوهد فيها طرف؛ ما هو مُدّعى أو متنازع عليه فقط يُرسم ولا يُحسب. سيراً على الأقدام حتى آذار/مارس 2025؛ لا شيء من 10 آذار/مارس إلى 4 أيار/مايو 2025؛ ومن صور الفضاء بعد ذلك.",
					"קרקע שבה נראה צד; מה שרק נטען או שנוי במחלוקת מצויר ואינו נספר. בהליכה עד מרץ 2025; דבר לא מ-10 במרץ עד 4 במאי 2025; מתצלומי חלל מאז."),
				Mapped: []data.Interval{{From: day(0), To: gap()}, {From: day(resumed)}}},
			{ID: "said", Name: words("What was said", "ما قيل", "מה שנאמר"), Measures: data.ClaimedBy, Counts: []data.Status{data.Agreed, data.Observed, data.Claimed},
				Meaning: words("Land that a party says it holds, by its own bulletins, told three times.", "أرض يقول طرف إنه يسيطر عليها وفق بياناته، ثلاث مرات.", "קרקע שצד אומר שהוא מחזיק, לפי הודעותיו, שלוש פעמים.")},
			{ID: "line", Name: words("Behind the ceasefire line", "خلف خط وقف إطلاق النار", "מעבר לקו הפסקת האש"), Measures: data.BehindLine, Counts: []data.Status{data.Agreed, data.Published},
				Meaning: words("The island cut by the ceasefire line as the army published it; the line moved three times.", "الجزيرة مقطوعة بخط وقف إطلاق النار كما نشره الجيش؛ تحرّك الخط ثلاث مرات.", "האי חתוך בקו הפסקת האש כפי שפרסם הצבא; הקו זז שלוש פעמים.")},
		},
		Sources: []data.Source{source("invented", "the island, its districts and places"), source("walked", "fronts, walked"), source("from-space", "fronts, from pictures taken from space"),
			source("bulletins", "bulletins of the parties"), source("army-maps", "ceasefire line on maps of the army")},
		ReviewedOn: data.DateOf(day(steps-1).Time().AddDate(0, 3, 0)), ReviewAfter: data.DateOf(day(steps-1).Time().AddDate(0, 6, 0)),
	}
}

func places() []data.Place {
	place := func(id, kind, en, ar, he string, at orb.Point) data.Place {
		return data.Place{ID: id, Kind: kind, Name: words(en, ar, he), Source: "invented", Point: degrees(at)}
	}
	return []data.Place{
		place("aldmere", "capital", "Aldmere", "ألدمير", "אלדמיר", orb.Point{-5, 14}),
		place("brackhaven", "town", "Brackhaven", "براكهافن", "בראקהייבן", harbour),
		place("corrinfell", "town", "Corrinfell", "كورينفيل", "קורינפל", town),
		place("dunvale", "town", "Dunvale", "دنفيل", "דנוויל", orb.Point{3, -2}),
		place("eskerford", "crossing", "Esker Ford", "معبر إسكر", "מעבר אסקר", orb.Point{-6, 1}),
		place("merrowick", "town", "Merrowick", "ميروويك", "מרוויק", orb.Point{1, -15}),
	}
}
