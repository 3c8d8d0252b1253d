def test_the_description_is_where_void_says_that_it_is_looked_for(server):
    response = server.get("/.well-known/void")
    assert (303, "/graph/description") == (response.status_code, response.headers["location"])
    assert "void:classPartition" in server.get("/graph/description", accept="text/turtle").text
    head = server.request("HEAD", "/.well-known/void")
    assert (303, "/graph/description") == (head.status_code, head.headers["location"])
