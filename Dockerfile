# Two images. `aula` is this program alone on nothing; `minio` is MinIO from its source, at the commit that our tests run against: its
# repository is archived and publishes no images any more.

FROM node:20-bookworm-slim AS node

FROM golang:1.26-bookworm AS build
COPY --from=node /usr/local/ /usr/local/
WORKDIR /src
COPY go.mod go.sum package.json package-lock.json .npmrc ./
RUN go mod download && npm ci --ignore-scripts
COPY . .
RUN make build GOFLAGS=-trimpath && mkdir -p /out/data /out/tmp && chmod 1777 /out/tmp

FROM scratch AS aula
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/tmp /tmp
COPY --from=build --chown=1000:1000 /out/data /data
COPY --from=build /src/bin/aula /aula
COPY --from=build /src/LICENSE /LICENSE
USER 1000:1000
VOLUME /data
EXPOSE 8080
ENV AULA_LISTEN=0.0.0.0:8080 AULA_DATA=/data
ENTRYPOINT ["/aula"]
CMD ["serve"]

FROM golang:1.26-bookworm AS minio-build
RUN CGO_ENABLED=0 go install github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c

FROM scratch AS minio
COPY --from=minio-build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=minio-build /go/bin/minio /minio
EXPOSE 9000
ENTRYPOINT ["/minio"]
