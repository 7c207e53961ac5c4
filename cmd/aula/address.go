package main

import (
	"fmt"
	"net"
)

// splitListen reads an address to listen on.
func splitListen(address string) (host, port string, err error) {
	host, port, err = net.SplitHostPort(address)
	if err != nil {
		return "", "", fmt.Errorf("--listen %q: want host:port (127.0.0.1:8080)", address)
	}
	if host == "" {
		host = "0.0.0.0"
	}
	return host, port, nil
}
