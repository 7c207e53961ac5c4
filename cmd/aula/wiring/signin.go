package wiring

import (
	"context"
	"path/filepath"

	"aulacomune/lms"
	"aulacomune/lms/enti"
	"aulacomune/lms/fiscal"
	"aulacomune/lms/signin"
)

// openSignIn opens the ways to sign in without a password: links where letters leave the house, and the providers that were named.
func (h *House) openSignIn(ctx context.Context, o Options) (err error) {
	p := signin.Ports{Engine: h.Engine, School: h.School, Fiscal: h.Fiscal, Providers: o.Sign, Propose: h.propose, URL: o.URL, Log: o.Log, Now: o.Now}
	if h.Mail != nil && h.Mail.Configured() {
		p.Post = h.Mail.Post
	}
	if h.SignIn, err = signin.Open(ctx, p); err == nil {
		h.closers = append(h.closers, h.SignIn.Close)
	}
	return err
}

// propose tells the referents of somebody's ente that they would like to be added (see signin.Propose).
func (h *House) propose(ctx context.Context, email, given, family string) (string, error) {
	near, err := h.Enti.Propose(ctx, email)
	if err != nil || len(near) != 1 {
		return "", err
	}
	err = h.Enti.Ask(ctx, enti.Asking{Email: email, Given: given, Family: family, Organisation: near[0].ID})
	if lms.Is(err, lms.Invalid) { // a name that is no name
		return "", nil
	}
	return near[0].Name, err
}

// keyFile is the name of the file with the keys, in the data folder.
const keyFile = "key"

// ring is where the keys for fiscal numbers come from. With MongoDB several nodes need the same: none is made.
func (o Options) ring() *fiscal.Ring {
	switch {
	case o.Key != "":
		return fiscal.FixedRing(o.Key)
	case o.KeyFile != "":
		return fiscal.FileRing(o.KeyFile, false)
	case o.Database == "":
		return fiscal.FileRing(filepath.Join(o.Data, keyFile), true)
	}
	return fiscal.FixedRing("")
}
