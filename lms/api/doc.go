// Package api is the same for JSON: what a person may do on the pages, an integrator's program may do at /api/v1.
//
// Like the pages it reads requests, asks lms, and shows; it decides nothing. Everything hangs on one table (routes.go): a row names
// method, path, who may call it, and a handler whose argument and result are structs of this room. From the same row come the
// decoding of the request (decode.go), the gate (serve.go), the statuses of problems (problem.go) and the OpenAPI 3.1 document
// (openapi.go), so that none of them can say anything else than the others.
//
// What holds for every route:
//
//   - Who calls is told by "Authorization: Bearer TOKEN" alone; no cookie is read or set.
//   - Errors are problems of RFC 9457; Fields says where in the request, and texts come in the language of Accept-Language.
//   - Lists are {items, next}; next is the cursor of the next page and "" at the end.
//   - Nothing stored leaves as it is: no type of lms or course stands in a request or an answer.
//   - Which choice of a question is right leaves only for choices that the caller has made.
package api
