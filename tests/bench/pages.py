#!/usr/bin/env python3
"""A web of many small pages, answered from memory: what the crawl benchmarks fetch.

pages.py PORT PAGES [URLS]   serves PAGES pages and sitemaps that list URLS addresses (PAGES of them answer)
"""
import asyncio
import sys

PORT, PAGES = int(sys.argv[1]), int(sys.argv[2])
URLS = int(sys.argv[3]) if len(sys.argv) > 3 else PAGES
PER_MAP = 50_000
WORDS = "court letter model claim notice lab review order report bench filing public answer".split()


def page(number):
    paragraphs = "".join(
        f"<p>Paragraph {n} of filing {number}: the "
        + " ".join(WORDS[(number * 7 + n * 3 + k * (n + 1)) % len(WORDS)] for k in range(60))
        + ".</p>\n"
        for n in range(20)
    )
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Filing {number}</title></head>"
        f"<body><article><h1>Filing {number}</h1>{paragraphs}</article></body></html>"
    ).encode()


def answer(path):
    if path == "/robots.txt":
        return b"text/plain", b"User-agent: *\nDisallow: /never/\n"
    if path == "/index.xml":
        maps = range((URLS + PER_MAP - 1) // PER_MAP)
        rows = "".join(f"<sitemap><loc>http://docket.example/map-{m}.xml</loc></sitemap>" for m in maps)
        return b"application/xml", f"<sitemapindex>{rows}</sitemapindex>".encode()
    if path.startswith("/map-"):
        first = int(path[5:-4]) * PER_MAP
        rows = "".join(
            f"<url><loc>http://docket.example/filings/2026/06/{n}-veltrane-answers-orison</loc></url>\n"
            for n in range(first, min(first + PER_MAP, URLS))
        )
        return b"application/xml", f"<urlset>{rows}</urlset>".encode()
    if path.startswith("/filings/"):
        number = int(path.split("/")[4].split("-")[0])
        return b"text/html; charset=utf-8", CACHE[number % PAGES]
    return None


CACHE = [page(number) for number in range(PAGES)]


class Server(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport, self.rest = transport, b""

    def data_received(self, data):
        self.rest += data
        while b"\r\n\r\n" in self.rest:
            head, self.rest = self.rest.split(b"\r\n\r\n", 1)
            found = answer(head.split(b" ", 2)[1].decode())
            if found is None:
                self.transport.write(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")
            else:
                media, body = found
                self.transport.write(
                    b"HTTP/1.1 200 OK\r\ncontent-type: %s\r\ncontent-length: %d\r\n\r\n%s" % (media, len(body), body)
                )


async def main():
    server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", PORT, backlog=1024)
    print("serving", flush=True)
    await server.serve_forever()


asyncio.run(main())
