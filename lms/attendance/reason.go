package attendance

// Reason is why a participant is thought to be somebody, or why it is doubtful. Its words are the message "attendance.why." and the reason.
type Reason string

// Message is the id of the words of a reason.
func (r Reason) Message() string { return "attendance.why." + string(r) }

// What speaks for a candidate.
const (
	SameEmail  Reason = "email"        // the same address
	SameBox    Reason = "email-local"  // the same name before the "@", of another domain
	SameName   Reason = "name"         // the same words, in any order, with or without accents and apostrophes
	SameSpelt  Reason = "name-spelt"   // the same letters: Annamaria and Anna Maria, Müller and Mueller
	PartOfName Reason = "name-part"    // one of the two has a name more: a second surname, a second given name
	SameEnte   Reason = "ente"         // the ente stands beside the name
	SameDomain Reason = "domain"       // the address is of the same house
	OnTheList  Reason = "registered"   // registered for the meeting
	NearName   Reason = "name-near"    // one letter differs
	Initials   Reason = "initials"     // M. Rossi
	Familiar   Reason = "familiar"     // Beppe for Giuseppe
	GivenOnly  Reason = "given-only"   // Maria
	FamilyOnly Reason = "family-only"  // Rossi
	OfDevice   Reason = "device"       // iPhone di Maria
	OtherEnte  Reason = "other-ente"   // another ente stands beside the name
	OtherHouse Reason = "other-domain" // the address is of another ente
	NotListed  Reason = "unregistered" // not registered for the meeting
	Namesakes  Reason = "namesakes"    // others are called the same
	Shared     Reason = "email-shared" // the address belongs to several people
	Contrary   Reason = "email-name"   // the address is of one, the name of another
	Claimed    Reason = "claimed"      // another participant is the same person at the same time
	Nobody     Reason = "nobody"       // nobody comes near
)

// points are how much a reason weighs.
func (r Reason) points() int {
	switch r {
	case SameEmail:
		return 100
	case SameName:
		return 80
	case SameSpelt:
		return 78
	case PartOfName:
		return 68
	case NearName:
		return 55
	case Initials:
		return 50
	case Familiar:
		return 48
	case FamilyOnly:
		return 25
	case GivenOnly, OfDevice:
		return 20
	case OnTheList:
		return 20
	case SameEnte:
		return 15
	case SameDomain:
		return 12
	case SameBox:
		return 10
	case OtherEnte:
		return -30
	case OtherHouse:
		return -20
	}
	return 0
}

// named says whether a reason is a name that is enough where nothing speaks against it.
func (r Reason) named() bool { return r == SameName || r == SameSpelt || r == PartOfName }
