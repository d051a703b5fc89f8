"""The same pages with Scrapy: reads the sitemap, asks for every address, keeps nothing.

Run by crawl.sh; needs `pip install scrapy`.
"""
import re
import sys

import scrapy
from scrapy.crawler import CrawlerProcess

BASE, PAGES = sys.argv[1], int(sys.argv[2])


class Filings(scrapy.Spider):
    name = "filings"
    custom_settings = {
        "LOG_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "ROBOTSTXT_OBEY": False,
        "CONCURRENT_REQUESTS": 32,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 32,
        "DOWNLOAD_DELAY": 0,
        "COOKIES_ENABLED": False,
        "RETRY_ENABLED": False,
    }
    got = 0

    async def start(self):
        yield scrapy.Request(f"{BASE}/map-0.xml", callback=self.sitemap)

    def sitemap(self, response):
        for path in re.findall(r"<loc>http://[^/]+(/[^<]+)</loc>", response.text)[:PAGES]:
            yield scrapy.Request(BASE + path, callback=self.page)

    def page(self, response):
        Filings.got += 1


process = CrawlerProcess()
process.crawl(Filings)
process.start()
print(Filings.got)
