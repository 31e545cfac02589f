"""The addresses of the wiki and the tool that benchmarks are of."""

from space.wiki.urls import Urls

ADDRESSES = Urls(
    host="meta.wikimedia.org",
    article_url="https://meta.wikimedia.org/wiki/$1",
    public_url="https://space.example.org",
    commons_url="https://commons.wikimedia.org/w/api.php",
)
